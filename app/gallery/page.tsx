import { notFound } from 'next/navigation';
import { GalleryScreen } from '@/screens/gallery/screen';

export const dynamic = 'force-dynamic';

export default function Page() {
  if (process.env.NODE_ENV === 'production' && process.env.GRIDHALL_GALLERY !== 'on') notFound();
  return <GalleryScreen />;
}
