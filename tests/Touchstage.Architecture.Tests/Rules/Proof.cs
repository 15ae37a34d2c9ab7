using Mono.Cecil;

namespace Touchstage.Architecture.Tests.Rules;

/// <summary>One proof of the pipeline.</summary>
/// <param name="Type">The class, in <c>Touchstage.Safety</c>.</param>
/// <param name="Stage">The class nested in it that alone mints it.</param>
/// <param name="Takes">The proof that every door of the stage takes, or any one of several; empty where the proof comes from a store of things decided before.</param>
public sealed record Proof(string Type, string Stage, params string[] Takes)
{
    /// <summary>The proofs in the order of the pipeline; a grant comes from people, beside it.</summary>
    public static IReadOnlyList<Proof> All { get; } =
    [
        new("Sessions.Caller", "Identifier"),
        new("Capabilities.ResolvedAction", "Resolver", "Caller"),
        new("Capabilities.ProposedAction", "Validator", "ResolvedAction"),
        new("Policies.Judgement", "Judge", "ProposedAction"),
        new("Approvals.Grant", "Teller"),
        // A declared fact of a proposed action is looked up in order to judge, so before there is a judgement.
        new("Approvals.PermittedAction", "Permitter", "Judgement", "ProposedAction"),
        new("Steps.RecordedStep", "Recorder", "PermittedAction"),
        new("Steps.RefreshedStep", "Refresher", "RecordedStep"),
        new("Steps.TokenedStep", "Minter", "RefreshedStep"),
        new("Credentials.OpenedConnection", "Vault", "TokenedStep"),
    ];

    internal TypeDefinition In(AssemblyDefinition assembly) => assembly.MainModule.GetType("Touchstage.Safety." + Type)
        ?? throw new InvalidOperationException($"There is no proof {Type} in {assembly.Name.Name}.");

    internal TypeDefinition StageIn(AssemblyDefinition assembly) => In(assembly).NestedTypes.SingleOrDefault(nested => nested.Name == Stage)
        ?? throw new InvalidOperationException($"There is no stage {Stage} in the proof {Type}.");

    internal bool IsTaken(ParameterDefinition parameter) => Takes.Contains(parameter.ParameterType.Name, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Type;
}
