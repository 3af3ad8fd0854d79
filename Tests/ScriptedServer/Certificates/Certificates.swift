/// PEM texts made once with the `openssl ca` command (P-256, fixed dates), so that the tests need no `openssl` when they run.
///
/// The keys guard nothing: no program but these tests trusts them.
enum Certificates {
    /// Subject `Test authority`, 2020 to 2049.
    static let authority = """
        -----BEGIN CERTIFICATE-----
        MIIBZTCCAQqgAwIBAgICEAAwCgYIKoZIzj0EAwIwGTEXMBUGA1UEAwwOVGVzdCBh
        dXRob3JpdHkwHhcNMjAwMTAxMDAwMDAwWhcNNDkxMjMxMjM1OTU5WjAZMRcwFQYD
        VQQDDA5UZXN0IGF1dGhvcml0eTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABNk5
        qp69r/nI4b8sQqBASu6eRWIJQYLRd/VcIJHbTBrcs97ekTqValFvfEO0Tc5tqaRz
        UCel1et8BH+rpyZ8vIWjQjBAMA8GA1UdEwEB/wQFMAMBAf8wDgYDVR0PAQH/BAQD
        AgEGMB0GA1UdDgQWBBRosKrJdaIvfAEoTrRbvFuw1hWShTAKBggqhkjOPQQDAgNJ
        ADBGAiEA42B4RyBm0F+hDAa/+gjBs1vSuuIGvCdXVuFyuuS73NICIQDk6BU9BylJ
        jlgefJ1ig2d0b/b/83CWrDH70Lz2FOctNA==
        -----END CERTIFICATE-----
        """

    /// For `localhost` and `127.0.0.1`, 2020 to 2049.
    static let goodCertificate = """
        -----BEGIN CERTIFICATE-----
        MIIBsDCCAVagAwIBAgICEAEwCgYIKoZIzj0EAwIwGTEXMBUGA1UEAwwOVGVzdCBh
        dXRob3JpdHkwHhcNMjAwMTAxMDAwMDAwWhcNNDkxMjMxMjM1OTU5WjAUMRIwEAYD
        VQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAASIOsWpR/eV
        WH1BkkLk70kpF1SG5xcIUw33A20BWcBHb80Ek7Vwkumbg19mO2+41vdS1iPFLTIm
        5+4ixkRLgFn+o4GSMIGPMAwGA1UdEwEB/wQCMAAwDgYDVR0PAQH/BAQDAgeAMBMG
        A1UdJQQMMAoGCCsGAQUFBwMBMBoGA1UdEQQTMBGCCWxvY2FsaG9zdIcEfwAAATAd
        BgNVHQ4EFgQUg83Pd2tAdhURRyzQH+4PtBlJCP4wHwYDVR0jBBgwFoAUaLCqyXWi
        L3wBKE60W7xbsNYVkoUwCgYIKoZIzj0EAwIDSAAwRQIgUyKnADFuUlI8PHFFRfgS
        6SWsSDC8NMulv49w9I102yUCIQDXd22AL/hx/oIDkS5PYCFklCHEjPc9w04IX1Pl
        YkDLdw==
        -----END CERTIFICATE-----
        """

    static let goodKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgJqiuABC4knfujYSr
        cPHQ4BPE5s2I7c94TBT7BR7yKyShRANCAASIOsWpR/eVWH1BkkLk70kpF1SG5xcI
        Uw33A20BWcBHb80Ek7Vwkumbg19mO2+41vdS1iPFLTIm5+4ixkRLgFn+
        -----END PRIVATE KEY-----
        """

    /// For `localhost` and `127.0.0.1`, 2020.
    static let expiredCertificate = """
        -----BEGIN CERTIFICATE-----
        MIIBrzCCAVagAwIBAgICEAIwCgYIKoZIzj0EAwIwGTEXMBUGA1UEAwwOVGVzdCBh
        dXRob3JpdHkwHhcNMjAwMTAxMDAwMDAwWhcNMjEwMTAxMDAwMDAwWjAUMRIwEAYD
        VQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATqmxB7pbbk
        ZdusDxJwo5BazOvgW6VHelsiCByaU5JQfdxcH0NicGQYrCXJpbkGytMtR6A0sOQU
        1DyH8vYG1dapo4GSMIGPMAwGA1UdEwEB/wQCMAAwDgYDVR0PAQH/BAQDAgeAMBMG
        A1UdJQQMMAoGCCsGAQUFBwMBMBoGA1UdEQQTMBGCCWxvY2FsaG9zdIcEfwAAATAd
        BgNVHQ4EFgQU1R3q4dQuC+wd8PmBNGpAc/n7o/UwHwYDVR0jBBgwFoAUaLCqyXWi
        L3wBKE60W7xbsNYVkoUwCgYIKoZIzj0EAwIDRwAwRAIgV8MTPqxyfCXpdNMa51Uq
        HhxbpNd3Ik2g/5n3QjYC+ZkCIE0+4d5VdEilXM/H3ulljDQ/Hhu+yVgEpD9vBj90
        Mzew
        -----END CERTIFICATE-----
        """

    static let expiredKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgVi7c1vf1UbRRqJlL
        Te3+UMb69k37KXtvXRRqxtHUJMuhRANCAATqmxB7pbbkZdusDxJwo5BazOvgW6VH
        elsiCByaU5JQfdxcH0NicGQYrCXJpbkGytMtR6A0sOQU1DyH8vYG1dap
        -----END PRIVATE KEY-----
        """

    /// For `elsewhere.example`, 2020 to 2049.
    static let wrongHostCertificate = """
        -----BEGIN CERTIFICATE-----
        MIIBujCCAWCgAwIBAgICEAMwCgYIKoZIzj0EAwIwGTEXMBUGA1UEAwwOVGVzdCBh
        dXRob3JpdHkwHhcNMjAwMTAxMDAwMDAwWhcNNDkxMjMxMjM1OTU5WjAcMRowGAYD
        VQQDDBFlbHNld2hlcmUuZXhhbXBsZTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IA
        BITHYDVJNOda5mzf4N3740X/05VrGjkyTHQR7U+PS0W2nwa7u2LrY+lpuBus1QUS
        B7TzbsjD2ayBX3VS0mA2w7ajgZQwgZEwDAYDVR0TAQH/BAIwADAOBgNVHQ8BAf8E
        BAMCB4AwEwYDVR0lBAwwCgYIKwYBBQUHAwEwHAYDVR0RBBUwE4IRZWxzZXdoZXJl
        LmV4YW1wbGUwHQYDVR0OBBYEFFFkGBv4y13uM9xFI1aQWu+tqUtWMB8GA1UdIwQY
        MBaAFGiwqsl1oi98AShOtFu8W7DWFZKFMAoGCCqGSM49BAMCA0gAMEUCIQDofYMp
        /vl0ehIFlMNzain2AKYMVhzvWojXM8DE6jIEGAIgGAAw0FEd0f7R9pAVBv8mI1Pt
        bvnvJVQFnP+HjHzIvZ4=
        -----END CERTIFICATE-----
        """

    static let wrongHostKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgkCOwKzwJ00XOJ619
        D2CPf/WnqTPHyLB85S03/Jyzd3qhRANCAASEx2A1STTnWuZs3+Dd++NF/9OVaxo5
        Mkx0Ee1Pj0tFtp8Gu7ti62PpabgbrNUFEge0827Iw9msgV91UtJgNsO2
        -----END PRIVATE KEY-----
        """

    /// For `localhost` and `127.0.0.1`, 2020 to 2049, its own issuer.
    static let selfSignedCertificate = """
        -----BEGIN CERTIFICATE-----
        MIIBhzCCAS6gAwIBAgICEAQwCgYIKoZIzj0EAwIwFDESMBAGA1UEAwwJbG9jYWxo
        b3N0MB4XDTIwMDEwMTAwMDAwMFoXDTQ5MTIzMTIzNTk1OVowFDESMBAGA1UEAwwJ
        bG9jYWxob3N0MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE99Dld2iVO1xsKVwF
        2jENAa+9rMgMoHcn4ov7HLeGkc4XwFKcJJgc+BxlgVknCPn4aeKGv0G1BEu1ZTec
        NwxC9KNwMG4wDAYDVR0TAQH/BAIwADAOBgNVHQ8BAf8EBAMCB4AwEwYDVR0lBAww
        CgYIKwYBBQUHAwEwGgYDVR0RBBMwEYIJbG9jYWxob3N0hwR/AAABMB0GA1UdDgQW
        BBR+pPTM9/6PlDFYnOHrjE6YrRMhBzAKBggqhkjOPQQDAgNHADBEAiA7LdFP9/Io
        jecgABro5fPu1Xb8gBdDCqeiHKDXC8OuggIgWekftZaoCtHNYDS1zesD6QHun35+
        nKLUtboe7/pKBT4=
        -----END CERTIFICATE-----
        """

    static let selfSignedKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg6qX/zIOIDVDIP00E
        Zfyux4LZ5+gyIck/2VwD+Qe1eruhRANCAAT30OV3aJU7XGwpXAXaMQ0Br72syAyg
        dyfii/sct4aRzhfAUpwkmBz4HGWBWScI+fhp4oa/QbUES7VlN5w3DEL0
        -----END PRIVATE KEY-----
        """
}
