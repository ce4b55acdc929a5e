/** The launcher and the panel around its views. */
export const frame: string = `
.corner, .docked { color: var(--ink); font: 13px/1.45 ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; }
.corner { position: fixed; right: 16px; bottom: 16px; z-index: 2147483000; display: flex; flex-direction: column-reverse; align-items: flex-end; gap: 10px; }
.launcher {
  position: relative; width: 44px; height: 44px; padding: 7px; border: 1px solid var(--line); border-radius: 50%;
  background: var(--panel); box-shadow: var(--shadow); cursor: pointer;
}
.launcher:hover { border-color: var(--accent); }
.launcher svg { display: block; width: 100%; height: 100%; }
.orbit { fill: none; stroke: var(--line-strong); stroke-width: 2; }
.planet { fill: var(--accent); }
.moon { fill: var(--line-strong); stroke: var(--panel); stroke-width: 2; }
[data-status='authenticated'] .moon { fill: var(--good); }
[data-status='error'] .moon { fill: var(--bad); }
[data-status='loading'] .moon, [data-busy='true'] .moon { fill: var(--moon); }
.panel { display: flex; flex-direction: column; width: 100%; background: var(--panel); outline: none; overflow: hidden; }
.corner .panel {
  width: min(460px, calc(100vw - 32px)); height: min(620px, calc(100vh - 96px)); height: min(620px, calc(100dvh - 96px));
  border: 1px solid var(--line); border-radius: 16px; box-shadow: var(--shadow); animation: rise 0.16s ease-out;
}
.docked { height: 100%; }
.docked .panel { height: 100%; }
@keyframes rise { from { opacity: 0; transform: translateY(8px); } }
header { display: flex; align-items: center; gap: 10px; padding: 12px 10px 8px 16px; min-height: 52px; }
.docked header { padding: 0 0 8px; min-height: 0; }
h2 { flex: 1; font-size: 14px; font-weight: 650; letter-spacing: -0.005em; }
.docked h2 { font-size: 16px; }
.state { display: inline-flex; align-items: center; gap: 7px; font-weight: 560; white-space: nowrap; }
.state .soft { font-weight: 450; }
.state::before { width: 8px; height: 8px; border-radius: 50%; background: var(--line-strong); content: ''; }
.state[data-status='authenticated']::before { background: var(--good); }
.state[data-status='error']::before { background: var(--bad); }
.state[data-status='loading']::before, .state[data-busy='true']::before { background: var(--moon); }
.tabs { display: flex; gap: 2px; padding: 0 12px; border-bottom: 1px solid var(--line); overflow-x: auto; scrollbar-width: none; }
.docked .tabs { padding: 0; }
.docked [role='tab'] { flex: 1 0 auto; padding-inline: 4px; }

[role='tab'] {
  flex: none; padding: 8px 9px 9px; border: 0; border-bottom: 2px solid transparent; background: none; color: var(--soft);
  font: inherit; font-weight: 540; cursor: pointer;
}
[role='tab']:hover { color: var(--ink); }
[role='tab'][aria-selected='true'] { border-bottom-color: var(--accent); color: var(--ink); }
[role='tab']:focus-visible, .view:focus-visible { outline-offset: -2px; border-radius: 6px; }
.view { flex: 1; min-height: 0; padding: 12px 16px 16px; overflow-y: auto; scrollbar-width: thin; scrollbar-color: var(--line-strong) transparent; }
.docked .view { padding: 12px 2px; }
footer { padding: 8px 16px; border-top: 1px solid var(--line); background: var(--sunken); }
.docked footer { padding: 10px 0 0; background: none; }
@media (max-width: 480px) {
  .corner { right: 12px; bottom: 12px; left: 12px; }
  .corner .panel { width: 100%; }
}
@media (prefers-reduced-motion: reduce) { *, *::before, *::after { animation: none !important; transition: none !important; } }
@media (forced-colors: active) { [role='tab'][aria-selected='true'] { border-bottom-color: Highlight; } }
`
