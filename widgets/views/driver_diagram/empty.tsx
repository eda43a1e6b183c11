// Nothing here yet: one sentence, one example, one action.
export function Empty({ begin, readOnly }: { begin: () => void; readOnly: boolean }) {
  return (
    <section class="empty" aria-label="Nothing here yet">
      <h2>Your theory starts with one aim</h2>
      <p>A driver diagram says what must become true so that the aim is reached, and what you will try.</p>
      <p class="ex">For example: “80 of 100 pieces of work arrive on time by 10 July, for students new to a course; 62 in autumn.”</p>
      {!readOnly && <div class="btns"><button type="button" class="btn primary" onClick={begin}>Write the aim</button></div>}
    </section>
  );
}
