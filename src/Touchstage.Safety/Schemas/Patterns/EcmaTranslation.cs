namespace Touchstage.Safety.Schemas.Patterns;

/// <summary>An expression as .NET writes it.</summary>
/// <param name="Regex">What matches in .NET as the source does in ECMA-262.</param>
/// <param name="LooksAround">Whether it looks around or refers back, which only an engine that backtracks can do.</param>
/// <param name="Size">How many parts it has, with every round of a repetition counted.</param>
internal readonly record struct EcmaTranslation(string Regex, bool LooksAround, long Size);
