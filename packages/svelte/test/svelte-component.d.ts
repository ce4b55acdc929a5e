declare module '*.svelte' {
  import type { Component } from 'svelte'
  import type { PageProps } from '@spatio-labs/binding-contract'

  const component: Component<PageProps>
  export default component
}
