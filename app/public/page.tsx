import type { Metadata } from 'next';
import { PublicScreen } from '@/screens/public/screen';

export const metadata: Metadata = { robots: { index: false } };

export default function Page() {
  return <PublicScreen />;
}
