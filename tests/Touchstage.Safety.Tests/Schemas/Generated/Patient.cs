using System.Collections.Immutable;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Tests.Schemas.Generated;

/// <summary>Validates on a busy machine, where a pattern's time may run out while the thread stands still: only what is given up every time is given up.</summary>
internal static class Patient
{
    /// <summary>The rule of the problem of what was given up.</summary>
    public const string GivenUp = "effort";

    private const int Times = 3;

    public static ImmutableArray<Problem> Validate(JsonSchema schema, CanonicalJson value)
    {
        var problems = schema.Validate(value);
        for (var again = 0; again < Times && problems.Any(problem => problem.Rule == GivenUp); again++)
        {
            problems = schema.Validate(value);
        }

        return problems;
    }
}
