// Curves between seats. They use the lower part of a seat, so that codes and counts above stay free.
export interface Box { x: number; y: number; w: number; h: number } // middle and size, pixels
export interface Arc { d: string; x: number; y: number }

export function arc(a: Box, b: Box, fromTeacher: boolean, toTeacher: boolean): Arc {
  let [x1, y1, x2, y2] = [a.x, a.y, b.x, b.y];
  const upright = Math.abs(x2 - x1) < 8;
  if (!fromTeacher) y1 += a.h * (upright ? 0.12 : 0.24);
  if (!toTeacher) y2 += b.h * (upright ? -0.02 : 0.24);
  if (upright) { x1 += a.w * 0.28; x2 += b.w * 0.28; }
  const d = Math.hypot(x2 - x1, y2 - y1) || 1;
  const [ux, uy] = [(x2 - x1) / d, (y2 - y1) / d];
  const r = fromTeacher || toTeacher ? 18 : upright ? 0 : Math.min(20, d * 0.18);
  x1 += ux * r; y1 += uy * r; x2 -= ux * r; y2 -= uy * r;
  const side = ux < -0.2 ? -1 : 1;
  const bow = upright ? -13 : Math.min(26, 15 + d * 0.04);
  const [mx, my] = [(x1 + x2) / 2, (y1 + y2) / 2];
  return {
    d: `M${n(x1)} ${n(y1)}Q${n(mx - uy * bow * side)} ${n(my + ux * bow * side)} ${n(x2)} ${n(y2)}`,
    x: mx - uy * bow * 0.5 * side + (upright ? 13 : 0), y: my + ux * bow * 0.5 * side + (upright ? 4 : 15),
  };
}

const n = (v: number): string => v.toFixed(1);
