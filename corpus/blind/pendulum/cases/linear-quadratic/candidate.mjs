const DT = 0.05;
const A = [
  [1 + DT * DT * 9.8, DT],
  [DT * 9.8, 1],
];
const B = [DT * DT, DT];

function gains() {
  let p = [10, 0, 1];
  let k = [0, 0];
  for (let i = 0; i < 200; i += 1) {
    const pb = [p[0] * B[0] + p[1] * B[1], p[1] * B[0] + p[2] * B[1]];
    const s = 0.01 + B[0] * pb[0] + B[1] * pb[1];
    k = [0, 1].map((j) => (pb[0] * A[0][j] + pb[1] * A[1][j]) / s);
    const c = A.map((row, r) => row.map((value, j) => value - B[r] * k[j]));
    const pc = [
      [p[0] * c[0][0] + p[1] * c[1][0], p[0] * c[0][1] + p[1] * c[1][1]],
      [p[1] * c[0][0] + p[2] * c[1][0], p[1] * c[0][1] + p[2] * c[1][1]],
    ];
    p = [
      10 + A[0][0] * pc[0][0] + A[1][0] * pc[1][0],
      A[0][0] * pc[0][1] + A[1][0] * pc[1][1],
      1 + A[0][1] * pc[0][1] + A[1][1] * pc[1][1],
    ];
  }
  return k;
}
const [byAngle, bySpeed] = gains();

export function solve(angle, speed) {
  return Math.max(-2, Math.min(2, -(byAngle * angle + bySpeed * speed)));
}
