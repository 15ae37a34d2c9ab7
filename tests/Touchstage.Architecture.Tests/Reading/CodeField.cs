namespace Touchstage.Architecture.Tests.Reading;

/// <summary>One refusal code as the assembly defines it.</summary>
/// <param name="Field">The field that holds it, in full.</param>
/// <param name="Code">The code.</param>
/// <param name="Meaning">When it is given.</param>
internal sealed record CodeField(string Field, string Code, string Meaning);
