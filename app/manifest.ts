import type { MetadataRoute } from 'next';
import { messages } from '@/data/text';

const word = (key: string): string => messages[key]?.zh ?? '';

export default function manifest(): MetadataRoute.Manifest {
  return {
    name: `${word('common.badge.product')} ${word('small.name')}`,
    short_name: word('common.badge.product'),
    start_url: '/small',
    scope: '/',
    display: 'standalone',
    lang: 'zh-CN',
    background_color: '#eef1f3',
    theme_color: '#ffffff',
    icons: [{ src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' }],
  };
}
