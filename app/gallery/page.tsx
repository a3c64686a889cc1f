import { notFound } from 'next/navigation';
import { GalleryScreen } from '@/screens/gallery/screen';

export const dynamic = 'force-dynamic';

type Props = { searchParams: Promise<{ panels?: string }> };

/** `?panels=a,b` shows those alone. */
export default async function Page({ searchParams }: Props) {
  if (process.env.NODE_ENV === 'production' && process.env.GRIDHALL_GALLERY !== 'on') notFound();
  const { panels } = await searchParams;
  return <GalleryScreen keys={panels?.split(',') ?? null} />;
}
