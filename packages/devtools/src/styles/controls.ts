/** Buttons, switches and fields. */
export const controls: string = `
.bar { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 12px; }
.bar > .plain { margin-left: auto; }
.button {
  min-height: 32px; padding: 4px 12px; border: 1px solid var(--line-strong); border-radius: 9px; background: var(--panel);
  color: var(--ink); font: inherit; font-weight: 560; cursor: pointer;
}
.button:hover:enabled { border-color: var(--accent); background: var(--accent-soft); }
.plain { min-height: 28px; padding: 2px 8px; border: 0; border-radius: 7px; background: none; color: var(--accent); font: inherit; cursor: pointer; }
.plain:hover:enabled { background: var(--accent-soft); }
.close { width: 32px; height: 32px; color: var(--soft); }
button:disabled { color: var(--soft); cursor: default; }
.switch { display: flex; padding: 2px; border: 1px solid var(--line); border-radius: 10px; background: var(--sunken); }
.switch label { position: relative; cursor: pointer; }
.switch input { position: absolute; inset: 0; margin: 0; opacity: 0; cursor: pointer; }
.switch label span { display: block; padding: 3px 10px; border-radius: 7px; color: var(--soft); font-weight: 540; }
.switch input:checked + span { background: var(--panel); box-shadow: 0 0 0 1px var(--line); color: var(--ink); }
.switch input:focus-visible + span { outline: 2px solid var(--accent); outline-offset: 1px; }
.picker { display: grid; gap: 4px; margin-top: 14px; }
.picker label { color: var(--soft); font-weight: 540; }
.picker input, .picker select, textarea {
  width: 100%; padding: 6px 10px; border: 1px solid var(--line-strong); border-radius: 9px; background: var(--panel); color: var(--ink);
  font: inherit;
}
.picker input { margin-bottom: 6px; }
.picker select { font: 12px/1.5 var(--mono); }
.picker .chosen { min-height: 38px; padding: 4px 0; color: var(--soft); }
.picker .button { justify-self: start; }
textarea { display: block; margin-top: 8px; font: 11px/1.4 var(--mono); resize: vertical; }
`
