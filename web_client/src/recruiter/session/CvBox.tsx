import { useMutation, useQueryClient } from '@tanstack/react-query';

import { Notice } from '../../design/Notice';
import { moment } from '../core/words';
import { ProblemNotice } from '../ProblemNotice';
import { staffApi, type SessionDetail } from '../staffApi';

const MAX_BYTES = 5 * 1024 * 1024;

function upload(session_id: string, file: File) {
  if (file.size > MAX_BYTES) {
    return Promise.reject(new Error(`This file has ${(file.size / 1024 / 1024).toFixed(1)} MB; at most 5 MB are accepted.`));
  }
  return staffApi.putCv(session_id, file);
}

/** The candidate's CV, for the recruiter's eyes only: it is never scored. */
export function CvBox({ session }: { session: SessionDetail }) {
  const queries = useQueryClient();
  const put = useMutation({
    mutationFn: (file: File) => upload(session.session_id, file),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['session', session.session_id] }),
  });
  return (
    <section className="card stack" aria-labelledby="cv-title">
      <h2 id="cv-title">CV</h2>
      {session.cv === null ? (
        <p className="muted">No CV has been added.</p>
      ) : (
        <p>
          <a href={session.cv.url} download>Download the CV</a>{' '}
          <span className="small muted">
            {session.cv.media_type.includes('pdf') ? 'PDF' : 'DOCX'}, {Math.ceil(session.cv.size_bytes / 1024)} KB, {moment(session.cv.uploaded_at)}
          </span>
        </p>
      )}
      <div className="field">
        <label htmlFor="cv">{session.cv === null ? 'Add a CV' : 'Replace the CV'}</label>
        <input
          id="cv"
          type="file"
          accept=".pdf,.docx,application/pdf,application/vnd.openxmlformats-officedocument.wordprocessingml.document"
          disabled={put.isPending}
          aria-describedby="cv-hint"
          onChange={(event) => {
            const file = event.target.files?.[0];
            if (file !== undefined) put.mutate(file);
            event.target.value = '';
          }}
        />
        <p id="cv-hint" className="field__hint">PDF or DOCX, at most 5 MB. Aila does not read it, and it is never scored.</p>
      </div>
      {put.isError && <ProblemNotice error={put.error} />}
      <div role="status">{put.isSuccess && <Notice tone="good">The CV is stored.</Notice>}</div>
    </section>
  );
}
