import { messages } from '@/data/text';

const word = (key: string): string => messages[key]?.zh ?? '';

/** The phone page installs as an app of its own. */
export const GET = (): Response =>
  Response.json(
    {
      name: `${word('common.badge.product')} ${word('phone.name')}`,
      short_name: word('phone.name'),
      ...{ id: '/worker', start_url: '/worker', scope: '/', display: 'standalone', orientation: 'portrait' },
      ...{ lang: 'zh-CN', background_color: '#eef1f3', theme_color: '#ffffff' },
      icons: [{ src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' }],
    },
    { headers: { 'content-type': 'application/manifest+json' } },
  );
