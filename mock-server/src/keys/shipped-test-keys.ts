/** A private RSA signing key as a JWK (RFC 7517), complete with the members WebCrypto needs. */
export interface PrivateSigningJwk {
  kid: string
  kty: 'RSA'
  alg: 'RS256'
  use: 'sig'
  n: string
  e: string
  d: string
  p: string
  q: string
  dp: string
  dq: string
  qi: string
}

/**
 * PUBLIC TEST KEYS, PUBLISHED WITH THIS PACKAGE. Everyone has the private halves, so a token signed by them
 * proves nothing: never let anything but a test trust them. They exist so that a start generates no key and
 * so that the same key signs in every run; the kid says it wherever a token is decoded.
 */
export const shippedTestKeys: readonly PrivateSigningJwk[] = [
  {
    kid: 'spatio-mock-public-do-not-trust-1',
    kty: 'RSA',
    alg: 'RS256',
    use: 'sig',
    e: 'AQAB',
    n:
      'l45N193wRDKs35lAaqbNjUhjuX5U9Oq1hsKcEqgL53jPjQmTOFL24oVHeAUOVpZCsH1n1oWDwyg7YKnPejV-yyKOsFPZsX5u' +
      'zrcdEfhaUuYfwGDK4L4f3AKHHwi71sETdm2Ovi6_qHi0SINzC2sQX38VZi5DahQmO0grpC_HyUdD5bvsIV7GrPI4gQsW-cYV' +
      'OnlCkSarN4f9HAclKvDKkKbWU-8SUZl1u2Eoxt1VgPJ1Fr6ZrNRpemEEEQtMpTaBNNi_LSmTMfaEr3C-EliP_ExGjEcIoUhA' +
      'B7gdw67GGZCehxgumMfQwQH_kFPvI4D5ZYhVSGheC4bDG2HtzrFRoQ',
    d:
      'AqNUugrwLXO3XB4CB8k2_zxRFg-7oVa7iai2CEIaEPGipTkTMbIJ_5fjzlRCM2Iir4lDRzHkQP-ghvZ1uNIZDqaflrSi76q8' +
      'eYco76Djy5kbWOEmbuKIUe9OVE013c9XDCLsjuVn6yIMu01kcYCv1IW1BOYNwNkwcCw5rD4zq052JdvKRk0PtNf7n9F7vG_V' +
      'VcQoA5Ca_8RntE2AcIW8Bj6k77Qhlrb2_1hs_F68v7U4-H7F2zTH0UzUKLHf4Gtt5LGRP8ir2YtCBEN4rzzofpVDtZxpAntp' +
      'TlyzQCnKc28Wzs_tVB-7Hi0Ntc-VuLMY8V22XqdjKCsTjR3GSRagkQ',
    p:
      'xlJD7WsQCJ_wpgN308Ms0evJ9CEnxygs3I6uvWud4jSBC84o9EKcGS9_VwYLqaP1YZ5NJOVpM8CD-KMa4CXxYOSwdsMhLL9r' +
      'YRYP46L5myt35i5Gcm7yGaivxmC2-FggtWToExVQedZMxCfAhFmOJZ9L7Ef5nWm6GW-XQU1hS7k',
    q:
      'w6IuhpL_zZzedWreX3OC7ciLHOeU10wGeTR8wxQOnohRvE5w1KdayEBiVYen2PuSRWjnaz8AKL9_P7Zq01MpAReOy_Q7ws0u' +
      'uRwoex_Z_r992vstYuLbDOUeTwBw58sT9X-agQygL0XIDWDEcbzqxcG2fpNPUibhbYqBXmJAOSk',
    dp:
      'qYHA21lJ4AVMO6j1L0M_uMDO4WHBTQDyryUpB2_HB4OW1M9Fw9h28TPepDPfngQshF44U5PdgkVGxyopm3HyyL1OcoO_hC6s' +
      'CdRAinFO5KiXl17wCXj4ZqP-cRFS8hrpAgGYNk9edHSNMo9DhhvBWji4POEb4cZvMLRnVIJd6ck',
    dq:
      'vw6w6XS-pgvBpmKMciPZhmgIlF4Gmo0A9XYxMkNwU5tGV-UzhDs9Cbz3TBiD8AEgxPDCsZaBjUoX-B0rDt90eECNkNohUwoX' +
      'y2iYkEZ3G7fgLfCITr7Gtz078GO54GYQQ_4u4kF2XzSDP611rK6XijK5C7zKBq06E0TlO0ww9KE',
    qi:
      'swxWHXWMtQNYFG6ktyx1Dzwg3l7n9shKbBvUzmdfDTHhvx0_HV8xi3-BRsOK-c8Y-juHj-OODuQpp44tcRzxZOyRhZQK3-cU' +
      'wOFYgb4K5eOxssl0G8Gzq2i3xo1Gkcmn-kSGUkbKdH5KQYQK9y6lqxTj7L-dNMUFZAyhTZDtlRw',
  },
  {
    kid: 'spatio-mock-public-do-not-trust-2',
    kty: 'RSA',
    alg: 'RS256',
    use: 'sig',
    e: 'AQAB',
    n:
      'nagvEmDa5sh4K5L0X9LoaTQnCJZQoovOYpz68sjF2DSFkiMFTKYRbcpmo4NtG9tkiGtgncv4TCnyg98fN71ouvMjzg4W5Vfe' +
      'TEBWHI1I9Dz1nK97InbLl2jYPZz4ycVZND4xkPURUz-FIIF8wSQ-qeDTT3knJbR6ALCMHI5YzyLmWkwAg6NMOj-T6hS1cqec' +
      'giJCyVIvyzl8aLt8pJ77FZBh91wMmLzpRF4smGSUBOsYt2MGQ8rHrRA2qcb6hoG7aksxdSG76N8ImWwf9m1cbHEhW0OlOyqS' +
      'm-z650ahoOky4kHd9UWBDrqC2EAghroVCnCqWB4nqVObiWwbcAsbcw',
    d:
      'R_sb0sZJ64in5S0pSf7fgfj_wVnv4ub2CewmX2bvfbEtMvWuW7qOxpPcnNdKn6dhlS-BY0pXSV71jOP4OtjN0l1kgZXJOlkN' +
      '876EEnEnV-vlL-6mx6t5dN23rRnYNTdXbRTgSJC7okikHZ1BOmWz_pfZorVr_DkUYvA4aGlNfvR2rR9Tm5lbqme5Crla6dsQ' +
      'Ozpw8M-2QQ2naMG5LWlh3E9UoaRF9Gf4SQb8zRdsIIP0_1-aonRpGPhYLfuOU4Nz40OmbaJxwP7ik9vBI_T4Ys0dHy4BH3xb' +
      'lAkaXSNxZXz-XTkARVQ2t2JkjWtsVvc2N0VKEFFk7C2XeIWN17TxgQ',
    p:
      'z-WrQA2n-nFfLVWoljSSMxeTVsxuZcqvW-ROi9MpG5S7xDyO4hkF8aB3omnqdwC3IryGISat_DLExyoH3VslWEkXPwr-FuZ-' +
      'XeFcEUGoRQtD9lmSvO5riPexOBVjMkXzcVQEwxu3M19DYos4N04zU_DjzGLNd2ZDbvAdPIjJ21M',
    q:
      'wiKl-0f2KH9a69rQcqYnZRWqAeEhQqV1KXIfwLnkwnN9oc-Z0aKE-tB7OFaVaY4eQD-B91qMuQUjrS6Sz34hIuwpi8VZ8YkA' +
      'sa1HpJ6TZcjs97RxECfx0IEHq9ZoTGxo93z2PBxwcbDTIiaH8FGQV_KXpxpvFZ1wnZ34fZB122E',
    dp:
      'wVsRSDSrS5GP_OETOAhTBXPi1DK0ZrX5HJUdvIw7SmytqhjMp1qwnYcqXYL2z5F5wrPmaATKgqpRPA9KW0T_Wbo5Bahao7_i' +
      'Pbxw3ZfcQcL1hbTPdiqlFzGPwOKbbNGEVp3XBAPOAtiSGp_zO_TeZi7AH4KxKGCTTSXDe16ZpwM',
    dq:
      'Zu5wCvdwsLA1yO_PrbojERmXdj-jnu6TXFJCO7FUdTU-21hzOg9tan63lntx5PGRYIdLpZbBHih3bg9Pj-xULWwB6zXMJqB5' +
      'WbuCTOo3RLRv0DY_7E0BjYecRaP80Oh6Dx6Wf_CkPeN_TpAXa3gTjE330oXVeCRt3WQwqIK7uoE',
    qi:
      'dgEf7Q3aLYp2Q7Tialq-4Dmoo1hGeVaCONU40VXqvKZecXRjEBGyf9lZb50SBoDZsir0vPzhX_WFXsP_cpT8oclxq46H0ZQE' +
      'QGR89jYr23HYK3BI4UyXKCN782LVonnFWw7G9rq-nuswaI-Xvy0S0jWZywwFJp44E1q3mUg2r6s',
  },
  {
    kid: 'spatio-mock-public-do-not-trust-3',
    kty: 'RSA',
    alg: 'RS256',
    use: 'sig',
    e: 'AQAB',
    n:
      '6bvFdnNSwZS6dKV9kz7ugjqmgHQZXEYyFqlBZ5rhDP8WiI7gI5CbwdZyRnwHi-GO-Lhx_9cqUQVnYqQRAHKEjd90rSmQmfiA' +
      '10jVL6nVe1ZHW3cSOwbFBIj3tvhUQ93tnzrZBae8pKeCzEPYrkydArZlewJn8D57OMLmbSDXbqirc8Ci5U-IWIjcaVVONBgB' +
      'pLHmmbxJdwhLkeMwI83dE6jUj_c3Dj3QKdZNPeL6ALsr1dUfSjb7cJh9QKddwUKKxb-VD7IQCsdUOoakVyo3Idzsy-pXc2co' +
      'NNfBNKcxMvpymZjUJK3NLvNuBbUaYHFD-tVGU5ZbxBkZHlGiNTe4CQ',
    d:
      'AmyKbrZhdv_Q3eF9fOfGgh6TmCTGwo3jz8JaRaB15wmaNTkDcBBRh-AZIqFUqV8MeYiIKMwVdJj8FSojFwBuXtOgxSRM4Jvo' +
      'J34U3-qrUR0i86WM0ISQdIHrImr5jL6iIT2d_ztZxHy26YwRP4rXMgOsPRYC9_CInJ0WK1mPgmaY_5Zmbtgzcx7WAlMmvyph' +
      'Xp_B0eoyqnwsdofK7GPTFYXBvxcdxf7wniSdiv0hrSrovdPnRfUgmnrKCt30LM6Ph5g56j8Ti8xSM7h-YgGbuL02Nlu3C8KI' +
      'RP95E0D3Zhm0lkTUINKC4y7Uq-2TWLvaiNmi6EBGCxr4MYZ9DjV8NQ',
    p:
      '_WIHqC-mmyUOyHayF1pfmRPhIwMyHt2Oh3H8YqKxCeOdsDm9Nancv9LisMdiUqef02-bAuG0lIkvPXlrKkJTNPliOI_Z2mOd' +
      'S0-Q4abZit0eHDE3tWkSMaVogoBPZSvNrv8P3HslwmV9ZV0gcXfTjl5j9kARFI6HnmSH473tnFs',
    q:
      '7CXJSxibYbezaAHE1c4fKMijZeypVeiiNp0bHMjFo5kwtMdmgIilYksv_orWyGGMoJCr8scGRWdzmUzy_Ri1tKgsFCEOZoo2' +
      'NppYR5XTudKk2AxZduw7lzE-AEhaUDV21PCByXcR4bieI741QziEX1fTthERKE5sNBrVc-Bsems',
    dp:
      'GHY5VQRcqke2mKXU5apE5mtj5dRuJ0qucucPPZqFSvYdiCDa4m5msGI0nmpxVJd4N5pjtbCClYB0_hNVxDuo-slEsT86Afpx' +
      '-g5RZ2eLQvu7527c-PeO2Rol78thXtwOvGFFb7y31X-kzn9iHXI7C1iTf_eJbpmgACumbtcsNFc',
    dq:
      'BPni3P8-vvdlA2sOH8dBJtXbg5lSFCpbyLTUzm14pLLksNqG0WyPt5uH_mAkmIJduUBzLyF8g1fjurZBZI3xvkXQ7_emWwjM' +
      'jagA9jk1BfRnXtobxILD2rLB8LWVmZ0WzPPoeDtXGB-QzYYDj1AQkgXCw1Jmvyev5gUuvEtdXdM',
    qi:
      '4h8KV05-TbBJV9jbiP8O8Isu_xdOAX0ugxdkZSWJer1O9D-YwAmAlxnAr0IgK_vIXkxht_cgejQ6d5oqD7h9li458u61Bk3-' +
      'PI7LcFSBsOO9g0MRXNcHenIRvBwCphAlkfTJIJEoUJhoqH3aeC_3cEilVkdrVnPg8keG6BpT9tc',
  },
]
