import { MidScreen } from '@/screens/mid/screen';

export default function Page() {
  return <MidScreen />;
}
