using Touchstage.Safety.Capabilities;

namespace Touchstage.Safety.Policies;

/// <summary>Looks facts up. Every failure is an answer; nothing is thrown for a fact that cannot be had.</summary>
internal interface IFactSource
{
    /// <summary>Asks for one fact of the proposed action's capability.</summary>
    Task<FactAnswer> AskAsync(ProposedAction action, FactDeclaration fact, CancellationToken cancellation);
}
