using Touchstage.Safety.Sessions;

namespace Touchstage.Safety.Approvals;

/// <summary>A yes that counted.</summary>
/// <param name="Voter">Whose.</param>
/// <param name="Statement">What the server signed when it was cast: a compact JWS.</param>
internal sealed record SignedVote(Principal Voter, string Statement);
