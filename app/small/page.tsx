import { SmallScreen } from '@/screens/small/screen';

export default function Page() {
  return <SmallScreen />;
}
