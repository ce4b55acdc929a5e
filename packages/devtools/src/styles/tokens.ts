/** Colours and type; in px, since the page decides what a rem is. */
export const tokens: string = `
:host {
  all: initial;
  color-scheme: light dark;
  --panel: #fffdf9; --sunken: #f3f0e8; --line: #e2ddd1; --line-strong: #b9b2a2;
  --ink: #1b2032; --soft: #565d70; --accent: #4d3fd6; --accent-soft: #eae8fd; --on-accent: #ffffff;
  --moon: #f0a021; --good: #16734a; --bad: #ad2f25; --bad-soft: #fdece8;
  --shadow: 0 2px 6px rgb(44 38 20 / 10%), 0 18px 48px -12px rgb(44 38 20 / 32%);
  --mono: ui-monospace, 'SF Mono', 'Cascadia Code', Menlo, Consolas, 'DejaVu Sans Mono', monospace;
}
@media (prefers-color-scheme: dark) {
  :host {
    --panel: #171b24; --sunken: #10141b; --line: #2c3342; --line-strong: #586174;
    --ink: #eef0f6; --soft: #a3abbd; --accent: #a59cff; --accent-soft: #272550; --on-accent: #130d36;
    --moon: #ffc35c; --good: #62d69c; --bad: #ff9b8f; --bad-soft: #331a1c;
    --shadow: 0 2px 6px rgb(0 0 0 / 40%), 0 18px 48px -12px rgb(0 0 0 / 70%);
  }
}
@media print { :host { display: none; } }
*, *::before, *::after { box-sizing: border-box; }
h2, h3, p, ol, ul, dl, dd, fieldset, form { margin: 0; padding: 0; border: 0; min-width: 0; }
ol, ul { list-style: none; }
code, .members, td { font-family: var(--mono); font-size: 12px; }
a { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.soft { color: var(--soft); }
`
