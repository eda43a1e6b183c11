// By how much this device's clock differs from the kernel's, which all devices of a team share. A page says when it asked,
// the kernel what time it had, and so the kernel's time is that of the middle of the way there and back, right within half
// of that way. The quickest of the last answers counts. What is in use stays until an answer shows that it is wrong, so
// that notes of one device keep their order.

const REMEMBERED = 8;
const NEAR_MS = 500; // a difference that nobody would see in a lesson

interface Answer { offset: number; way: number }

export class TeamClock {
  private answers: Answer[] = [];

  /** @param offset what was known before, in milliseconds to be added to this device's clock */
  constructor(public offset = 0) {}

  /** Take in the kernel's time; true if the offset in use changed with it. All are milliseconds since 1970. */
  hear(asked: number, theirs: number, heard: number): boolean {
    const way = heard - asked;
    if (way < 0 || !Number.isFinite(theirs)) return false; // this device's clock was set back meanwhile
    const fresh = { offset: theirs - (asked + heard) / 2, way };
    // answers that cannot both be right: a clock was set
    this.answers = this.answers.filter((a) => Math.abs(a.offset - fresh.offset) <= (a.way + way) / 2 + NEAR_MS).slice(1 - REMEMBERED);
    this.answers.push(fresh);
    const best = this.answers.reduce((a, b) => (b.way < a.way ? b : a));
    if (Math.abs(best.offset - this.offset) <= best.way / 2 + NEAR_MS) return false;
    this.offset = Math.round(best.offset);
    return true;
  }
}
