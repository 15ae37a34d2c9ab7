using Mono.Cecil;
using Mono.Cecil.Cil;
using Touchstage.Architecture.Tests.Reading;

namespace Touchstage.Architecture.Tests.Rules;

/// <summary>Only the stage nested in a proof makes it, and every door of that stage takes the preceding proof itself.</summary>
public sealed class ProofMinting
{
    public static TheoryData<Proof> Proofs => [.. Proof.All];

    [Theory]
    [MemberData(nameof(Proofs))]
    public void A_proof_is_made_by_its_stage_alone_out_of_the_preceding_proof(Proof proof) =>
        Made(proof.In(Assemblies.Safety), proof.StageIn(Assemblies.Safety), Assemblies.OutsideOfTests).Concat(Doors(proof, proof.StageIn(Assemblies.Safety))).ShouldBeEmpty();

    [Fact]
    public void Planted_makers_and_doors_are_found()
    {
        var planted = Assemblies.Planted("ProofMinting", "Touchstage.Safety");
        var proof = new Proof("Steps.TokenedStep", "Minter", "RecordedStep");

        Made(proof.In(planted), proof.StageIn(planted), [planted]).Concat(Doors(proof, proof.StageIn(planted))).ShouldBe(
            [
                "TokenedStep is made in Touchstage.Safety.Steps.TokenedStep.Forge",
                "TokenedStep is made in Touchstage.Safety.Steps.TokenedStep.Later",
                "TokenedStep is made in Touchstage.Safety.Steps.TokenedStep.Other.Mint",
                "TokenedStep is made in Touchstage.Safety.Steps.TokenedStep.Unmade",
                "TokenedStep.Minter.FromParts does not take a RecordedStep",
            ],
            ignoreOrder: true);
    }

    private static IEnumerable<string> Made(TypeDefinition proof, TypeDefinition stage, IEnumerable<AssemblyDefinition> assemblies) =>
        from method in assemblies.SelectMany(assembly => assembly.Methods())
        where !IsWithin(method.DeclaringType, stage) && method.Instructions().Any(instruction => Makes(instruction, proof))
        select $"{proof.Name} is made in {Written(method)}";

    // A constructor, or a way around it: an object that no constructor ran for.
    private static bool Makes(Instruction instruction, TypeDefinition proof) => instruction.Operand switch
    {
        MethodReference { Name: ".ctor" } made => instruction.OpCode == OpCodes.Newobj && made.DeclaringType.FullName == proof.FullName,
        GenericInstanceMethod { Name: "CreateInstance" } made => made.GenericArguments.Any(argument => argument.FullName == proof.FullName),
        TypeReference named => instruction.OpCode == OpCodes.Ldtoken && named.FullName == proof.FullName && instruction.Next?.Next?.Operand is MethodReference
        {
            Name: "GetUninitializedObject" or "CreateInstance",
        },
        _ => false,
    };

    private static IEnumerable<string> Doors(Proof proof, TypeDefinition stage) => proof.Takes is []
        ? []
        : stage.Methods.Where(method => method.IsDoor() && !method.Parameters.Any(proof.IsTaken)).Select(method =>
            $"{stage.ShortName().Split('.')[^2]}.{stage.Name}.{method.Name} does not take a {string.Join(" or ", proof.Takes)}");

    private static bool IsWithin(TypeDefinition type, TypeDefinition outer) =>
        type.FullName == outer.FullName || (type.DeclaringType is { } declaring && IsWithin(declaring, outer));

    // A lambda's or an iterator's body is in a class of the compiler's: what somebody wrote is around it.
    private static string Written(MethodDefinition method)
    {
        var (type, name) = (method.DeclaringType, method.Name);
        while (type.Name.Contains('<', StringComparison.Ordinal))
        {
            name = name.StartsWith('<') ? name : type.Name;
            type = type.DeclaringType;
        }

        return $"{type.ShortName()}.{(name.StartsWith('<') ? name[1..name.IndexOf('>', StringComparison.Ordinal)] : name)}";
    }
}
