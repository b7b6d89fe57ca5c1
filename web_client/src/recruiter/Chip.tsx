import { Icon, type IconName } from '../design/Icon';

interface ChipProps {
  tone: string;
  icon?: IconName;
  children: React.ReactNode;
  title?: string;
}

export function Chip({ tone, icon, children, title }: ChipProps) {
  return (
    <span className="chip" data-tone={tone} title={title}>
      {icon !== undefined && <Icon name={icon} />}
      {children}
    </span>
  );
}
