/** What is in the panel. */
export const views: string = `
.empty { padding: 14px 0; color: var(--soft); }
.note { margin-bottom: 12px; padding: 8px 12px; border-radius: 9px; background: var(--bad-soft); color: var(--bad); }
.events { margin-top: 12px; }
.event { --tone: var(--line-strong); position: relative; display: flex; align-items: baseline; gap: 12px; padding: 0 0 12px 20px; }
.event::before {
  position: absolute; left: 1px; top: 5px; width: 9px; height: 9px; border: 2px solid var(--tone); border-radius: 50%;
  background: var(--panel); content: '';
}
.event::after { position: absolute; left: 5.5px; top: 16px; bottom: -4px; width: 1px; background: var(--line); content: ''; }
.event:last-child::after { display: none; }
.event[data-tone='busy'] { --tone: var(--moon); }
.event[data-tone='good'] { --tone: var(--good); }
.event[data-tone='bad'] { --tone: var(--bad); }
.event[data-tone='good']::before, .event[data-tone='bad']::before { background: var(--tone); }
.event-text { flex: 1; min-width: 0; }
.event strong { display: block; font-weight: 580; }
.event[data-tone='quiet'] strong { color: var(--soft); font-weight: 500; }
.event-text span { color: var(--soft); font-size: 12px; overflow-wrap: anywhere; }
.event time { flex: none; color: var(--soft); font-size: 12px; font-variant-numeric: tabular-nums; }
.facts { display: grid; gap: 8px; margin-bottom: 14px; }
.facts > div { display: grid; grid-template-columns: 92px minmax(0, 1fr); gap: 10px; }
dt { color: var(--soft); }
dd { overflow-wrap: anywhere; }
.chip { display: inline-block; margin: 0 5px 4px 0; padding: 1px 7px; border: 1px solid var(--line); border-radius: 6px; background: var(--sunken); }
p.soft { margin-top: 4px; }
.bar p.soft { margin-top: 0; }
.expiry { display: inline-grid; gap: 4px; min-width: 180px; font-variant-numeric: tabular-nums; }
progress { width: 100%; height: 5px; border: 0; border-radius: 3px; background: var(--line); overflow: hidden; appearance: none; }
progress::-webkit-progress-bar { background: var(--line); }
progress::-webkit-progress-value { background: var(--accent); }
progress::-moz-progress-bar { background: var(--accent); }
table { width: 100%; margin-top: 16px; border-collapse: collapse; table-layout: fixed; }
caption { padding-bottom: 6px; color: var(--soft); font-weight: 540; text-align: left; }
th, td { padding: 5px 8px 5px 0; border-top: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { width: 38%; font-weight: 500; color: var(--soft); }
.place + .place { margin-top: 16px; }
.place .empty { padding: 6px 0; }
h3 { padding-bottom: 4px; font-size: 13px; font-weight: 600; }
h3 .soft { font-weight: 450; }
h3 code { font-size: 13px; }
.items li { display: grid; grid-template-columns: minmax(0, 1fr) auto; align-items: baseline; gap: 2px 12px; padding: 8px 0; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
.items strong { font-weight: 580; }
.items .size { color: var(--soft); font-size: 12px; }
.items .soft, .items .members, .items .state { grid-column: 1 / -1; font-size: 12px; }
.items .members { color: var(--soft); font-size: 11px; }
.items li:first-child { border-top: 0; padding-top: 2px; }
.items.switchable li { grid-template-columns: minmax(0, 1fr) auto auto; align-items: center; }
.place + .soft, .place ~ .soft { margin-top: 14px; }
`
