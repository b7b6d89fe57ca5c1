import type { ReactNode } from 'react';

import { Icon, type IconName } from './Icon';

type Tone = 'plain' | 'good' | 'caution' | 'danger';

const icons: Record<Tone, IconName> = { plain: 'info', good: 'check', caution: 'alert', danger: 'alert' };

interface NoticeProps {
  tone?: Tone;
  /** `polite` and `assertive` announce the notice when it appears. */
  live?: 'off' | 'polite' | 'assertive';
  children: ReactNode;
}

export function Notice({ tone = 'plain', live = 'off', children }: NoticeProps) {
  const role = live === 'assertive' ? 'alert' : live === 'polite' ? 'status' : undefined;
  return (
    <div className="notice" data-tone={tone} role={role}>
      <Icon name={icons[tone]} />
      <div>{children}</div>
    </div>
  );
}
