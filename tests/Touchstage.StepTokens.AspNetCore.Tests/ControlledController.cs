using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Touchstage.StepTokens.AspNetCore.Tests;

/// <summary>An API owner's controller.</summary>
[ApiController]
[Route("controlled")]
[RequireCapability("look", "list")]
public sealed class ControlledController : ControllerBase
{
    [HttpGet("look")]
    public string Look() => "looked";

    [HttpGet("anonymous")]
    [AllowAnonymous]
    public string Anonymous() => "looked";

    [HttpGet("narrower")]
    [RequireCapability("list")]
    public string Narrower() => "listed";
}
