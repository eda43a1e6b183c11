// What people type and paste into the grid: dates, numbers, blocks of a spreadsheet. Nothing is guessed: what could be
// read in two ways is refused with how to write it.

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

export class Unclear extends Error {}

function iso(year: number, month: number, day: number): string | null {
  const at = new Date(Date.UTC(year, month - 1, day));
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day && year > 1900 ? at.toISOString().slice(0, 10) : null;
}

/** A date as 2026-01-26; "" for nothing; an Error says what is wrong. */
export function readDate(text: string): string | Error {
  const plain = text.trim();
  if (!plain) return "";
  let found: string | null = null;
  let m = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(plain);
  if (m) found = iso(+m[1]!, +m[2]!, +m[3]!);
  else if ((m = /^(\d{1,2})([./])(\d{1,2})\2(\d{4})$/.exec(plain))) {
    const [a, b, year] = [+m[1]!, +m[3]!, +m[4]!];
    if (m[2] === "/" && a <= 12 && b <= 12 && a !== b) {
      return new Unclear(`“${plain}” could be ${spoken(year, b, a)} or ${spoken(year, a, b)}: write ${iso(year, b, a)} or ${iso(year, a, b)}.`);
    }
    found = m[2] === "/" && b > 12 ? iso(year, a, b) : iso(year, b, a);
  } else if ((m = /^(\d{1,2})\.?\s+([a-z]{3})[a-z]*\.?,?\s+(\d{4})$/i.exec(plain))) {
    const month = MONTHS.indexOf(m[2]!.toLowerCase()) + 1;
    found = month ? iso(+m[3]!, month, +m[1]!) : null;
  }
  return found ?? new Error(`“${plain}” is not a date. Write it as 2026-01-26.`);
}

const spoken = (year: number, month: number, day: number): string => `${day} ${MONTHS[month - 1]!.replace(/^./, (c) => c.toUpperCase())} ${year}`;

/** A number; "" for nothing; an Error says what is wrong. */
export function readNumber(text: string): number | "" | Error {
  const plain = text.trim().replace(/\s*%$/, "").replace(/(\d)[ \u00a0\u202f’'](?=\d{3}(\D|$))/g, "$1");
  if (!plain) return "";
  if (/^-?\d{1,3},\d{3}$/.test(plain)) return new Unclear(`“${text.trim()}” could be ${plain.replace(",", "")} or ${plain.replace(",", ".")}: write it without the comma.`);
  const point = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain) ? plain.replaceAll(",", "") : plain.replace(",", ".");
  if (!/^-?(\d+(\.\d+)?|\.\d+)$/.test(point)) return new Error(`“${text.trim()}” is not a number.`);
  return Number(point);
}

/** A block of cells as a spreadsheet copies it: tabs between columns, quotes around cells with line breaks. */
export function readBlock(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = "", quoted = false;
  const source = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  for (let i = 0; i < source.length; i++) {
    const c = source[i]!;
    if (quoted) {
      if (c === '"' && source[i + 1] === '"') { cell += '"'; i++; }
      else if (c === '"') quoted = false;
      else cell += c;
    } else if (c === '"' && cell === "") quoted = true;
    else if (c === "\t" || c === "\n") {
      rows.at(-1)!.push(cell.trim());
      cell = "";
      if (c === "\n") rows.push([]);
    } else cell += c;
  }
  rows.at(-1)!.push(cell.trim());
  return rows.filter((r) => r.some(Boolean));
}

const STEPS: Record<string, (at: Date) => void> = {
  day: (d) => { do d.setUTCDate(d.getUTCDate() + 1); while ([0, 6].includes(d.getUTCDay())); },
  week: (d) => d.setUTCDate(d.getUTCDate() + 7),
  month: (d) => {
    const day = d.getUTCDate();
    d.setUTCDate(1);
    d.setUTCMonth(d.getUTCMonth() + 1);
    d.setUTCDate(Math.min(day, new Date(Date.UTC(d.getUTCFullYear(), d.getUTCMonth() + 1, 0)).getUTCDate()));
  },
  year: (d) => d.setUTCFullYear(d.getUTCFullYear() + 1),
};

/** The date that comes next: one step after the last; for a first point, this week's Monday or today. */
export function nextDate(last: string | undefined, frequency: unknown, today: Date = new Date()): string {
  if (last && /^\d{4}-\d{2}-\d{2}$/.test(last)) {
    const at = new Date(`${last}T00:00:00Z`);
    const step = STEPS[String(frequency)];
    if (step) { step(at); return at.toISOString().slice(0, 10); }
  }
  const at = new Date(Date.UTC(today.getFullYear(), today.getMonth(), today.getDate()));
  if (frequency === "week") at.setUTCDate(at.getUTCDate() - ((at.getUTCDay() + 6) % 7));
  return at.toISOString().slice(0, 10);
}
