/** Points in square bins, for asking whether anything is within reach. */
export class Nearby<T> {
  private readonly bins = new Map<number, { x: number; y: number; item: T }[]>();
  constructor(private readonly size: number) {}

  private key(x: number, y: number): number {
    return (Math.floor(x / this.size) + 32_768) * 65_536 + Math.floor(y / this.size) + 32_768;
  }

  add(x: number, y: number, item: T): void {
    const key = this.key(x, y);
    const bin = this.bins.get(key);
    if (bin) bin.push({ x, y, item });
    else this.bins.set(key, [{ x, y, item }]);
  }

  /** Items within `reach` metres; `reach` may exceed the bin. */
  *within(x: number, y: number, reach: number): Generator<{ item: T; metres: number; x: number; y: number }> {
    const n = Math.ceil(reach / this.size);
    for (let i = -n; i <= n; i++) {
      for (let j = -n; j <= n; j++) {
        for (const at of this.bins.get(this.key(x + i * this.size, y + j * this.size)) ?? []) {
          const metres = Math.hypot(at.x - x, at.y - y);
          if (metres <= reach) yield { item: at.item, metres, x: at.x, y: at.y };
        }
      }
    }
  }

  has(x: number, y: number, reach: number): boolean {
    for (const _ of this.within(x, y, reach)) return true;
    return false;
  }

  nearest(x: number, y: number, reach: number): T | undefined {
    let best: T | undefined;
    let least = Infinity;
    for (const { item, metres } of this.within(x, y, reach)) {
      if (metres < least) {
        least = metres;
        best = item;
      }
    }
    return best;
  }
}
