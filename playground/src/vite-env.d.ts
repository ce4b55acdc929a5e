/// <reference types="vite/client" />

interface ImportMetaEnv {
  /** The authority, set by `startDemo`; empty in what `buildStaticDemo` builds, which has none beside it. */
  readonly VITE_SPATIO_ISSUER: string
  /** Of the authority's admin; empty where there is none beside the page. */
  readonly VITE_SPATIO_MOCK_TOKEN: string
  readonly VITE_SPATIO_CLIENT_ID: string
  /** Space-separated. */
  readonly VITE_SPATIO_SCOPE: string
  /** Where the token set is kept until the storage switch was used. */
  readonly VITE_SPATIO_STORAGE: string
}
