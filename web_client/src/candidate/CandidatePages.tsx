import { Loading } from '../design/Loading';

export default function CandidatePages() {
  return <Loading />;
}
