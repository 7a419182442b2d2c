// Time in months, quarters or years, whichever the talks fill well.
//
// In: the days of talks. Out: periods without gaps between the first and the last. The same rule as `--chart timeline`.

export interface Period {
  name: string;
  /** The first and the last month, `YYYY-MM`. */
  since: string;
  until: string;
}

/** The longest time, in months, that is shown by months and by quarters. */
const LONGEST: [months: number, quarters: number] = [24, 96];

export function periods(dates: readonly (string | undefined)[]): Period[] {
  const known = dates.flatMap((date) => (date === undefined ? [] : month(date) ?? [])).sort((a, b) => a - b);
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return [];
  const length = last - first < LONGEST[0] ? 1 : last - first < LONGEST[1] ? 3 : 12;
  const out: Period[] = [];
  for (let start = Math.floor(first / length) * length; start <= last; start += length) {
    const year = String(Math.floor(start / 12)).padStart(4, "0");
    const name = length === 12 ? year : length === 3 ? `${year} Q${Math.floor((start % 12) / 3) + 1}` : text(start);
    out.push({ name, since: text(start), until: text(start + length - 1) });
  }
  return out;
}

/** Which period a day lies in; -1 if in none. */
export function place(all: readonly Period[], date: string | undefined): number {
  const day = date?.slice(0, 7);
  return day === undefined ? -1 : all.findIndex((period) => day >= period.since && day <= period.until);
}

function month(date: string): number | null {
  const [, year, at] = /^(\d{4})-(\d{2})/u.exec(date) ?? [];
  return year === undefined ? null : Number(year) * 12 + Number(at) - 1;
}

function text(months: number): string {
  return `${String(Math.floor(months / 12)).padStart(4, "0")}-${String((months % 12) + 1).padStart(2, "0")}`;
}
