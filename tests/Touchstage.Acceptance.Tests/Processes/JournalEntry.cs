namespace Touchstage.Acceptance.Tests.Processes;

/// <summary>One request that the sample product received.</summary>
/// <param name="Account">Whose account.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Target">The path and query.</param>
/// <param name="Body">The content.</param>
/// <param name="Scope">The capability that the step token names.</param>
/// <param name="Txn">The step.</param>
/// <param name="Status">What it answered.</param>
public sealed record JournalEntry(string? Account, string Method, string Target, string Body, string? Scope, string? Txn, int Status);
