interface TickSettingProps {
  id: string;
  title: string;
  hint: string;
  checked: boolean;
  disabled: boolean;
  onChange: (checked: boolean) => void;
}

/** One setting of a position that is on or off, with what it means. */
export function TickSetting({ id, title, hint, checked, disabled, onChange }: TickSettingProps) {
  return (
    <div className="shown-setting">
      <input
        id={id}
        type="checkbox"
        checked={checked}
        aria-describedby={`${id}-hint`}
        disabled={disabled}
        onChange={(event) => { onChange(event.target.checked); }}
      />
      <div>
        <label htmlFor={id}><strong>{title}</strong></label>
        <p id={`${id}-hint`} className="small muted">{hint}</p>
      </div>
    </div>
  );
}
