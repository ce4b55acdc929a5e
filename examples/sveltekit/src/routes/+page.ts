// Rendered once, at build time, as `loading`; the browser goes on from there.
export const prerender = true
