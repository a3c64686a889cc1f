import { ChooserScreen } from '@/screens/chooser/screen';

export default function Page() {
  return <ChooserScreen />;
}
