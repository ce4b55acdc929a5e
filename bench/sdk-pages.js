/** The script of each SDK's page. @param {readonly { readonly id: string }[]} sdks */
export function toPages(sdks) {
  return sdks.map(({ id }) => new URL(`sdk-pages/${id}.ts`, import.meta.url))
}
