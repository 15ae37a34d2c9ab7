using System.Collections.Immutable;
using Touchstage.Safety.Conditions;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Capabilities;

/// <summary>The read-only look-up that settles a step of unknown outcome by evidence.</summary>
/// <param name="Request">What is asked; always GET, and it names the step by <see cref="ArgumentName.Step"/>.</param>
/// <param name="Output">What the answer must look like.</param>
/// <param name="Types">The static types of its conditions.</param>
/// <param name="Succeeded">What shows that the step happened.</param>
/// <param name="Failed">What shows that it did not, or null where absence shows nothing.</param>
/// <param name="After">How long after the step's deadline the first look is taken: a request may still be on its way.</param>
/// <param name="Window">For how long the API surely knows the step's id; after that, absence shows nothing.</param>
/// <param name="Timeout">How long a look may take.</param>
/// <param name="MaxBytes">How large the answer may be.</param>
/// <param name="Tests">The tests it brings along.</param>
internal sealed record VerifyDeclaration(
    RequestTemplate Request,
    JsonSchema Output,
    VerifyTypes Types,
    Condition Succeeded,
    Condition? Failed,
    TimeSpan After,
    TimeSpan Window,
    TimeSpan Timeout,
    int MaxBytes,
    ImmutableArray<VerifyTest> Tests);
