/// The certificate that a ``ScriptedServer`` shows, with its private key. Fixtures: made for tests, valid nowhere else.
public struct TLSIdentity: Sendable {
    /// PEM.
    public let certificate: String
    /// PEM, PKCS#8.
    public let privateKey: String

    /// Signed by ``authority`` for `localhost` and `127.0.0.1`, until the end of 2049.
    public static let good = TLSIdentity(certificate: Certificates.goodCertificate, privateKey: Certificates.goodKey)
    /// As ``good``, but it expired at the beginning of 2021.
    public static let expired = TLSIdentity(certificate: Certificates.expiredCertificate, privateKey: Certificates.expiredKey)
    /// Signed by ``authority``, valid, but for `elsewhere.example` only.
    public static let wrongHost = TLSIdentity(certificate: Certificates.wrongHostCertificate, privateKey: Certificates.wrongHostKey)
    /// For `localhost` and `127.0.0.1`, valid in time, signed by itself.
    public static let selfSigned = TLSIdentity(certificate: Certificates.selfSignedCertificate, privateKey: Certificates.selfSignedKey)

    /// The certificate, as PEM, of the authority that signed all but ``selfSigned``: what a client must be told to trust.
    public static let authority = Certificates.authority
}
