namespace Touchstage.Safety.Sessions.Tokens;

/// <summary>The way to what issuers publish. It is an interface because only Egress speaks to the network.</summary>
internal interface IIssuerDocuments
{
    /// <summary>Reads one document with a GET.</summary>
    /// <param name="issuer">The issuer, whose own origin and otherwise only https are reached.</param>
    /// <param name="address">The document's address.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>What came, or null if nothing did within seconds, or the address may not be reached.</returns>
    Task<IssuerDocument?> ReadAsync(Uri issuer, Uri address, CancellationToken cancellation);
}
