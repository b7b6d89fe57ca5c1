import { Icon, type IconName } from '../design/Icon';

interface ControlButtonProps {
  icon: IconName;
  name: string;
  /** What a narrow screen shows; part of the name, so that it can be said aloud too. */
  short?: string;
  disabled?: boolean;
  /** Asked for and on its way: shown so, and pressing again does nothing; the focus stays. */
  pending?: boolean;
  onClick: () => void;
}

/** One thing that the candidate may ask for: a sign, and its word. */
export function ControlButton({ icon, name, short, disabled = false, pending = false, onClick }: ControlButtonProps) {
  return (
    <button type="button" className="control" aria-label={name} disabled={disabled} aria-disabled={pending || undefined} onClick={pending ? undefined : onClick}>
      <Icon name={icon} />
      <span className="control__long">{name}</span>
      <span className="control__short">{short ?? name}</span>
    </button>
  );
}
