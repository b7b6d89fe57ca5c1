import { Loading } from '../design/Loading';

export default function StaffPages(_props: { area: 'login' | 'recruiter' | 'studio' }) {
  return <Loading />;
}
