import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { expect, type Page, test } from '@playwright/test';
import { scenes } from './big/scenes';
import { act, conduct, hang, isConductor, join, readApi, ready } from './link-testing';

/** A line to the server that can be cut, streams already open included; a browser set offline keeps those. */
const layLine = async (port: number) => {
  const open = new Set<Socket>();
  let isCut = false;
  const line = createServer((near) => {
    if (isCut) return void near.destroy();
    const far = connect(port, 'localhost');
    for (const end of [near, far]) {
      open.add(end);
      end.on('error', () => end.destroy()).on('close', () => open.delete(end));
    }
    near.pipe(far).pipe(near);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  await new Promise<void>((resolve) => line.listen(0, resolve));
  const cut = (isOff: boolean) => {
    isCut = isOff;
    if (isOff) for (const end of open) end.destroy();
  };
  const end = () => {
    cut(true);
    line.close();
  };
  return { baseURL: `http://localhost:${(line.address() as AddressInfo).port}`, cut, end };
};

/**
 * Waits until the tablet says the wall has drawn its last cast; ms from the touch to that drawing. Until then nothing is
 * expected of the wall: Playwright describes the whole page at every try of an expectation that fails, on the same thread.
 */
const tapToDrawn = async (tablet: Page, wall: Page, before: string | null): Promise<number> => {
  await wall.waitForFunction((shown) => document.documentElement.dataset.shown !== shown, before ?? undefined, ready);
  await expect(tablet.locator('[data-remote]')).toHaveAttribute('data-cast', /^shown /, ready);
  const drawnAt = Number((await wall.locator('html').getAttribute('data-shown'))?.split(' ')[1]);
  return drawnAt - (await tablet.evaluate(() => (window as unknown as { tappedAt: number }).tappedAt));
};

const tap = async (tablet: Page, wall: Page, scene: string): Promise<number> => {
  const before = await wall.locator('html').getAttribute('data-shown');
  await tablet.locator(`[data-scene="${scene}"]`).tap();
  const took = await tapToDrawn(tablet, wall, before);
  await expect(wall.locator('[data-scene]').first()).toHaveAttribute('data-scene', scene, ready);
  return took;
};

/** Casts a View as a foreign device might: straight to the server, with the tablet's own key. */
const castRaw = (tablet: Page, view: object) =>
  tablet.evaluate(async (part) => {
    const key = JSON.parse(localStorage.getItem('gridhall.device.small') ?? 'null') as { id: string; secret: string };
    const call = async (name: string, input: object) => {
      const headers = { 'content-type': 'application/json', 'x-screen': 'small' };
      const init = { method: 'POST', headers, body: JSON.stringify({ json: input }) };
      return (await (await fetch(`/api/trpc/${name}`, init)).json()).result.data.json;
    };
    const { term, sequence } = await call('wall.claim', { key });
    const empty = { page: null, division: null, period: 'today', at: null, filters: [], selection: null };
    const rest = { metric: null, layers: null, camera: null };
    const cast = { key, term, sequence: sequence + 1, view: { ...empty, ...rest, ...part } };
    Object.assign(window, { tappedAt: Date.now() });
    return call('wall.cast', cast);
  }, view);

const quantile = (values: number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;

const report = (what: string, values: number[]) => {
  const [p50, p95] = [quantile(values, 0.5), quantile(values, 0.95)];
  console.log(JSON.stringify({ bench: 'link', case: what, n: values.length, p50, p95, unit: 'ms' }));
  return p95;
};

/** What stood on the wall at the moment it said that it shows a cast. */
type Witness = { scene: string; screen: string; panels: string[]; waiting: string[] };

/** Notes what stands on a wall whenever it confirms. */
const witness = (wall: Page) =>
  wall.evaluate(() => {
    const seen: Witness[] = [];
    const note = () => {
      const nodes = [...document.querySelectorAll<HTMLElement>('[data-screen] :is([data-panel], [data-map])')];
      const nameOf = ({ dataset }: HTMLElement) => dataset.panel ?? 'map';
      seen.push({
        scene: document.querySelector<HTMLElement>('[data-scene]')?.dataset.scene ?? '',
        screen: document.querySelector<HTMLElement>('[data-screen]')?.dataset.state ?? '',
        panels: nodes.map(nameOf),
        waiting: nodes.filter(({ dataset }) => dataset.state === 'waiting').map(nameOf),
      });
    };
    new MutationObserver(note).observe(document.documentElement, { attributeFilter: ['data-shown'] });
    Object.assign(window, { seen });
  });

test('a wall confirms a scene only once its own panels and its map are drawn', async ({ browser }) => {
  test.setTimeout(240_000);
  const { context, wall } = await hang(browser, 'Truth');
  const tablet = await conduct(browser, wall);
  await witness(wall);
  const order = ['trend', 'overview', 'event', 'population'] as const;
  // the first round draws them, the second finds their pictures
  const cast = [...order, ...order];
  for (const scene of cast) await tap(tablet, wall, scene);
  const seen = await wall.evaluate(() => (window as unknown as { seen: Witness[] }).seen);
  expect(seen.map(({ scene }) => scene)).toEqual(cast);
  for (const { scene, screen, panels, waiting } of seen) {
    expect(waiting, scene).toEqual([]);
    expect(screen, scene).toMatch(/ready|stale/);
    const own = Object.values(scenes[scene as (typeof order)[number]].pages.L.panels);
    expect(panels, scene).toEqual(expect.arrayContaining([...own, 'map']));
  }
  await tablet.context().close();
  await context.close();
});

test('every tap on the tablet is drawn on the wall; how long it takes is told', async ({ browser }) => {
  test.setTimeout(600_000);
  const { context, wall } = await hang(browser, 'Pace');
  const tablet = await conduct(browser, wall);
  // each scene has been drawn unseen: none waits for its first time
  await expect(wall.locator('[data-rehearsed]')).toHaveAttribute('data-rehearsed', /^([7-9]|\d\d)$/, ready);
  const order = ['event', 'trend', 'population', 'weather', 'force', 'assessment', 'overview'];
  const scenes: number[] = [];
  for (let i = 0; i < 21; i++) scenes.push(await tap(tablet, wall, order[i % order.length] ?? 'overview'));
  await tap(tablet, wall, 'overview');
  const tree = (await readApi(tablet.request, 'division.tree', undefined, 'small')) as {
    code: string;
    level: string;
  }[];
  const communities = tree.filter(({ level }) => level === 'community').map(({ code }) => code);
  const selections: number[] = [];
  for (let i = 0; i < 22; i++) {
    const before = await wall.locator('html').getAttribute('data-shown');
    await castRaw(tablet, { page: 'overview', selection: `division:${communities[i % communities.length]}` });
    selections.push(await tapToDrawn(tablet, wall, before));
  }
  report('scene', scenes);
  report('selection', selections.slice(2));
  await tablet.context().close();
  await context.close();
});

test('a wall whose line was cut for 20 s shows what was cast meanwhile, by itself', async ({ browser, baseURL }) => {
  test.setTimeout(240_000);
  const line = await layLine(Number(new URL(baseURL ?? '').port));
  const { context, wall } = await hang(browser, 'Cut', { baseURL: line.baseURL });
  const tablet = await conduct(browser, wall);
  await tap(tablet, wall, 'force');
  line.cut(true);
  await tablet.locator('[data-scene="trend"]').tap();
  await wall.waitForTimeout(20_000);
  await expect(wall.locator('[data-scene]').first()).toHaveAttribute('data-scene', 'force');
  line.cut(false);
  await expect(wall.locator('[data-scene]').first()).toHaveAttribute('data-scene', 'trend', ready);
  await expect(tablet.locator('[data-remote]')).toHaveAttribute('data-cast', /^shown /, ready);
  await wall.reload();
  await expect(wall.locator('[data-screen="big"]')).toHaveAttribute('data-state', /ready|stale/, ready);
  await expect(wall.locator('[data-scene]').first()).toHaveAttribute('data-scene', 'trend');
  await tablet.context().close();
  await context.close();
  line.end();
});

test('two tablets never both conduct: the second asks, the first hands over', async ({ browser }) => {
  test.setTimeout(240_000);
  const { context, wall } = await hang(browser, 'Two');
  const [first, second] = [await join(browser, wall), await join(browser, wall)];
  await act(first, 'claim');
  await isConductor(first);
  await expect(wall.locator('[data-conductor]')).toHaveAttribute('data-conductor', 'R1');
  await expect(wall.locator('[data-pair-code]')).toHaveCount(0);
  await act(second, 'claim');
  await expect(second.locator('[data-action="withdraw"]')).toBeVisible(ready);
  await expect(second.locator('[data-remote]')).toHaveAttribute('data-remote', 'viewer');
  await expect(second.locator('[data-scene="event"]')).toBeDisabled();
  await act(first, 'accept');
  await isConductor(second);
  await expect(first.locator('[data-remote]')).toHaveAttribute('data-remote', 'viewer', ready);
  await tap(second, wall, 'force');
  await first.context().close();
  await second.context().close();
  await context.close();
});

test('a wall hears of no dwelling, no name, no door, whatever a device casts', async ({ browser }) => {
  test.setTimeout(240_000);
  const { context, wall } = await hang(browser, 'Strip');
  const heard: string[] = [];
  wall.on('response', (response) => {
    heard.push(response.url());
    if (response.url().includes('/api/trpc/wall.')) return;
    void response.text().then(
      (text) => heard.push(text),
      () => {},
    );
  });
  const tablet = await conduct(browser, wall);
  const hits = (await readApi(
    tablet.request,
    'event.open',
    {
      question: { division: null, period: 'today', at: null, filters: [] },
      limit: 60,
    },
    'mid',
  )) as { rows: { building: string | null; address: string | null }[] };
  let [building, dwelling] = ['', ''];
  for (const code of hits.rows.flatMap((row) => row.building ?? [])) {
    const card = (await readApi(tablet.request, 'place.buildingByCode', { code }, 'mid')) as {
      dwellings: { code: string }[];
    };
    [building, dwelling] = [code, card.dwellings[0]?.code ?? ''];
    if (dwelling !== '') break;
  }
  expect(dwelling.length).toBeGreaterThan(building.length);
  const cast = await castRaw(tablet, {
    page: 'overview',
    selection: `dwelling:${dwelling}`,
    filters: [
      { source: 'x', field: 'sex', values: ['1'] },
      { source: '\u738b\u5c0f\u660e', field: 'level', values: ['\u738b\u5c0f\u660e'] },
    ],
  });
  expect(cast.view).toMatchObject({ selection: `building:${building}`, filters: [] });
  await expect.poll(() => new URL(wall.url()).searchParams.get('sel'), ready).toBe(`building:${building}`);
  await expect(wall.locator('html')).toHaveAttribute('data-shown', /\d/, ready);
  const all = heard.join('\n') + (await wall.content());
  expect(all).not.toContain(dwelling);
  expect(all).not.toContain('\u738b\u5c0f\u660e');
  await tablet.context().close();
  await context.close();
});
