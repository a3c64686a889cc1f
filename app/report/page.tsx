import { ReportScreen } from '@/screens/report/screen';

export default function Page() {
  return <ReportScreen />;
}
