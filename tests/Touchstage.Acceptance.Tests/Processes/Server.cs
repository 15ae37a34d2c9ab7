namespace Touchstage.Acceptance.Tests.Processes;

/// <summary>A server that listens.</summary>
/// <param name="Process">Its process.</param>
/// <param name="Address">Where.</param>
internal sealed record Server(RunningProcess Process, Uri Address);
