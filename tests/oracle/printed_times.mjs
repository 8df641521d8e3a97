// How dates and times are printed in Dutch, by the Intl of Node (Unicode CLDR): node tests/oracle/printed_times.mjs > tests/vectors/printed-times.json

const print = (options) => new Intl.DateTimeFormat('nl', { timeZone: 'UTC', ...options });
const full = print({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const short = print({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
const weekday = print({ weekday: 'long' });
const weekdayShort = print({ weekday: 'short' });
const month = print({ month: 'long', year: 'numeric' });
const hours24 = print({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const hours12 = print({ hour: 'numeric', minute: '2-digit', hourCycle: 'h12' });

const cases = [];
for (let number = 0; number < 48; number += 1) {
  // Every month and weekday, every hour of the day.
  const at = new Date(Date.UTC(2026, number % 12, 1 + number, number % 24, (number * 7) % 60));
  // Between the time and its half of the day stands a space of a width of its own.
  const text = (format) => format.format(at).replaceAll(/\s/g, ' ');
  cases.push({
    at: at.toISOString(),
    full: text(full),
    short: text(short),
    weekday: text(weekday),
    weekday_short: text(weekdayShort),
    month: text(month),
    hours_24: text(hours24),
    hours_12: text(hours12),
  });
}
console.log(JSON.stringify({ made_with: `Node's Intl, ICU ${process.versions.icu}, CLDR ${process.versions.cldr}`, nl: cases }, null, 1));
