using System.Collections.Immutable;
using Touchstage.Safety.Capabilities;

namespace Touchstage.Safety.Policies;

/// <summary>An allow rule that holds, with the limit uses that must all reserve for it to permit.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Uses">Its limits' uses.</param>
internal sealed record PermittingRule(Rule Rule, ImmutableArray<LimitUse> Uses);
