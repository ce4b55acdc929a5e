/** The stylesheet of every page: light and dark, narrow and wide, no font or image from elsewhere. */
export const stylesheet: string = `
:root {
  color-scheme: light dark;
  --ground: #f3f2f7; --card: #ffffff; --ink: #1c1830; --subtle: #5b5670; --line: #d9d6e5;
  --accent: #5b3fd6; --accent-strong: #4930b4; --accent-soft: #efecfd; --on-accent: #ffffff;
  --notice: #fff3c9; --notice-ink: #5a4300; --shadow: 0 1px 2px rgb(28 24 48 / 8%), 0 12px 32px rgb(28 24 48 / 10%);
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #131120; --card: #1e1b2e; --ink: #f1eff9; --subtle: #b3adc9; --line: #3a3552;
    --accent: #a594ff; --accent-strong: #bcaeff; --accent-soft: #2c2649; --on-accent: #17122c;
    --notice: #3d3109; --notice-ink: #ffe59a; --shadow: 0 1px 2px rgb(0 0 0 / 40%), 0 12px 32px rgb(0 0 0 / 35%);
  }
}
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; min-height: 100vh; padding: 0 16px 48px; background: var(--ground); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
}
.mock-notice {
  margin: 0 -16px 32px; padding: 8px 16px; background: var(--notice); color: var(--notice-ink);
  text-align: center; font-size: 0.875rem;
}
.card {
  max-width: 460px; margin: 0 auto; padding: 32px; background: var(--card); border: 1px solid var(--line);
  border-radius: 16px; box-shadow: var(--shadow); overflow-wrap: anywhere;
}
.card-header { text-align: center; margin-bottom: 24px; }
.mark rect { fill: var(--accent); }
.mark path { stroke: var(--on-accent); }
h1 { margin: 12px 0 4px; font-size: 1.5rem; line-height: 1.25; font-weight: 650; letter-spacing: -0.01em; }
h2, legend { margin: 0 0 8px; padding: 0; font-size: 0.875rem; font-weight: 600; color: var(--subtle); }
p { margin: 0 0 8px; }
.subtle { color: var(--subtle); font-size: 0.875rem; }
.host { color: var(--ink); }
fieldset { margin: 0 0 24px; padding: 0; border: 0; min-width: 0; }
.user {
  display: flex; align-items: center; gap: 12px; padding: 12px; margin-top: 8px; cursor: pointer;
  border: 1px solid var(--line); border-radius: 12px;
}
.user:hover { border-color: var(--accent); }
.user:has(input:checked) { border-color: var(--accent); background: var(--accent-soft); box-shadow: inset 0 0 0 1px var(--accent); }
.user input { width: 18px; height: 18px; margin: 0; accent-color: var(--accent); flex: none; }
.avatar {
  display: grid; place-items: center; flex: none; width: 40px; height: 40px; border-radius: 50%;
  background: var(--accent); color: var(--on-accent); font-weight: 600; font-size: 0.9375rem;
}
.user-text { display: flex; flex-direction: column; min-width: 0; flex: 1; }
.user-name { font-weight: 600; }
.badge {
  flex: none; padding: 2px 10px; border-radius: 999px; border: 1px solid var(--accent); color: var(--accent-strong);
  font-size: 0.75rem; font-weight: 600;
}
.scopes { list-style: none; margin: 0 0 24px; padding: 0; border: 1px solid var(--line); border-radius: 12px; }
.scopes li { display: flex; justify-content: space-between; align-items: baseline; gap: 12px; padding: 10px 14px; }
.scopes li + li { border-top: 1px solid var(--line); }
code { font: 0.8125rem/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; color: var(--subtle); }
.scopes code { flex: none; }
.actions { display: grid; grid-template-columns: 1fr 1fr; gap: 12px; }
.mishap { margin: 0 0 24px; }
.mishap label { font-size: 0.875rem; font-weight: 600; color: var(--subtle); }
select {
  width: 100%; min-height: 44px; margin-top: 4px; padding: 8px 12px; border-radius: 12px; border: 1px solid var(--line);
  background: var(--card); color: var(--ink); font: inherit;
}
button {
  min-height: 48px; padding: 10px 16px; border-radius: 12px; border: 1px solid transparent; cursor: pointer;
  font: inherit; font-weight: 600;
}
.primary { background: var(--accent); color: var(--on-accent); }
.primary:hover { background: var(--accent-strong); }
.secondary { background: transparent; color: var(--ink); border-color: var(--subtle); }
.secondary:hover { background: var(--accent-soft); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.user:has(input:focus-visible) { outline: 3px solid var(--accent); outline-offset: 2px; }
.user input:focus-visible { outline: none; }
footer { margin-top: 20px; text-align: center; }
a { color: var(--accent-strong); }
.facts { margin: 0 0 16px; }
.facts dt { margin-top: 12px; font-size: 0.875rem; color: var(--subtle); }
.facts dd { margin: 4px 0 0; display: grid; gap: 4px; }
.facts dd code { color: var(--ink); }
pre { margin: 8px 0 0; padding: 12px 14px; border-radius: 12px; background: var(--accent-soft); white-space: pre-wrap; }
pre code { color: var(--ink); }
@media (max-width: 480px) {
  body { padding: 0 12px 24px; }
  .mock-notice { margin: 0 -12px 12px; }
  .card { padding: 20px 16px; }
  .card-header { margin-bottom: 16px; }
  .user { padding: 8px 12px; }
  fieldset, .scopes { margin-bottom: 16px; }
}
@media (max-width: 340px) { .actions { grid-template-columns: 1fr; } }
@media (prefers-reduced-motion: no-preference) { button, .user { transition: background-color 120ms, border-color 120ms; } }
@media (forced-colors: active) { .user:has(input:checked) { outline: 2px solid Highlight; } }
`
