import type { ButtonHTMLAttributes } from 'react';

import { Icon, type IconName } from './Icon';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  kind?: 'primary' | 'plain' | 'quiet' | 'danger';
  size?: 'medium' | 'small';
  icon?: IconName;
  wide?: boolean;
  /** On its way: shown so, and pressing again does nothing; the focus stays. */
  pending?: boolean;
}

/** A button; `type="button"` unless said otherwise, so that none submits a form by accident. */
export function Button({ kind = 'plain', size = 'medium', icon, wide = false, pending = false, className, children, onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-disabled={pending || undefined}
      onClick={pending ? undefined : onClick}
      className={className === undefined ? 'button' : `button ${className}`}
      data-kind={kind}
      data-size={size}
      data-wide={wide}
    >
      {icon !== undefined && <Icon name={icon} />}
      {children}
    </button>
  );
}
