import type { Metadata } from 'next';
import { WorkerScreen } from '@/screens/worker/screen';

export const metadata: Metadata = { manifest: '/worker.webmanifest' };

export default function Page() {
  return <WorkerScreen />;
}
