using System.Collections.Immutable;
using System.Text.Json;

namespace Touchstage.Safety.Actions;

/// <summary>What a modification would come to, judged now. Sensitive values are masked.</summary>
/// <param name="ApprovalId">Of which approval.</param>
/// <param name="Revision">The number that the revision would have.</param>
/// <param name="RevisionDigest">What confirming it is bound to.</param>
/// <param name="Summary">One line, rendered from the changed arguments.</param>
/// <param name="Before">The arguments that stand.</param>
/// <param name="After">The arguments as they would be.</param>
/// <param name="Request">What would be sent: <c>{ method, uri, headers, body }</c>.</param>
/// <param name="Reasons">Why it would wait: permanent codes.</param>
/// <param name="Told">The same in words.</param>
/// <param name="Findings">What each rule came to.</param>
/// <param name="DecidesAlone">Whether confirming it also approves it; otherwise others must.</param>
/// <param name="DecisionCode">The decision code for confirming exactly this, where one was asked for and the capability accepts one.</param>
/// <param name="CodeExpiresAt">Until when the code is good.</param>
public sealed record ModificationPreview(
    string ApprovalId,
    int Revision,
    string RevisionDigest,
    string Summary,
    JsonElement Before,
    JsonElement After,
    JsonElement Request,
    ImmutableArray<string> Reasons,
    string Told,
    JsonElement Findings,
    bool DecidesAlone,
    string? DecisionCode,
    DateTimeOffset? CodeExpiresAt);
